/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a language model's stand-in on the developer's machine, never published */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the model is asked, in OpenAI's notation. */
export interface ChatRequest {
	messages: Array<{ role: string; content: string | null; tool_call_id?: string }>;
	tools?: Array<{ function: { name: string; description: string; parameters: object } }>;
}

/** What the model says, or why it refuses the request (with status 400, which OpenAI's client does not repeat). */
export type ModelAnswer = { content: string } | { error: string };

/** A language model that always does the same: calls the tool it is offered, then gives its answer. */
export interface FakeModel {
	/** The base URL for n8n's OpenAI credential. */
	url: string;
	/** All that it was asked. */
	requests: ChatRequest[];
	/** The arguments with which it calls the tool. */
	args: object;
	/** What it answers when there is no tool to call; "Done" unless changed. */
	answer(chat: ChatRequest): ModelAnswer;
	close(): Promise<void>;
}

/** Starts a server that speaks as much of OpenAI's chat completions as n8n's AI nodes need. */
export async function startFakeModel(): Promise<FakeModel> {
	const server = createServer((request, response) => {
		void (async () => {
			const chat = JSON.parse(await textOf(request)) as ChatRequest & { stream?: boolean };
			model.requests.push(chat);
			const tool = chat.tools?.[0];
			const called = chat.messages.some(({ role }) => role === 'tool');
			const answer = model.answer(chat);
			if ('error' in answer) {
				response.writeHead(400, { 'content-type': 'application/json' });
				response.end(JSON.stringify({ error: { message: answer.error } }));
				return;
			}
			const message =
				called || !tool
					? { role: 'assistant', content: answer.content }
					: callOf(tool.function.name, model.args);
			const finish_reason = 'tool_calls' in message ? 'tool_calls' : 'stop';
			const common = { id: 'chat', created: 0, model: 'fake' };
			if (chat.stream) {
				response.writeHead(200, { 'content-type': 'text/event-stream' });
				const delta =
					'tool_calls' in message
						? { ...message, tool_calls: message.tool_calls.map((call) => ({ ...call, index: 0 })) }
						: message;
				for (const choice of [
					{ index: 0, delta, finish_reason: null },
					{ index: 0, delta: {}, finish_reason },
				]) {
					response.write(
						`data: ${JSON.stringify({ ...common, object: 'chat.completion.chunk', choices: [choice] })}\n\n`,
					);
				}
				response.end('data: [DONE]\n\n');
				return;
			}
			const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
			response.writeHead(200, { 'content-type': 'application/json' });
			response.end(
				JSON.stringify({
					...common,
					object: 'chat.completion',
					choices: [{ index: 0, message, finish_reason }],
					usage,
				}),
			);
		})();
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const model: FakeModel = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		requests: [],
		args: {},
		answer: () => ({ content: 'Done' }),
		close: async () =>
			await new Promise((done) => {
				server.close(() => done());
				server.closeAllConnections();
			}),
	};
	return model;
}

const callOf = (name: string, args: object) => ({
	role: 'assistant',
	content: null,
	tool_calls: [
		{ id: 'call_1', type: 'function', function: { name, arguments: JSON.stringify(args) } },
	],
});

async function textOf(request: IncomingMessage): Promise<string> {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part as Buffer);
	return Buffer.concat(parts).toString();
}
