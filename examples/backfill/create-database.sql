-- The calls get a database of their own, beside n8n's.
CREATE DATABASE calls;
