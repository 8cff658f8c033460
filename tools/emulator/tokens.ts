import { sign } from 'jsonwebtoken';

export interface Account {
	email: string;
	password: string;
	/** The company that it belongs to, and all of them when there are several. */
	companyId?: number;
	companies?: number[];
}

export interface Session {
	account: Account;
	companyId: number;
	expiresAt: number;
}

export const DEFAULT_COMPANY = 1758;

/** The token's life when the login asks for none: a week, in seconds. */
export const DEFAULT_TTL = 604_800;

/** The tokens issued so far. */
export class Tokens {
	private sessions = new Map<string, Session>();
	private issued = 0;

	/** @param ttlCap seconds after which a token ends whatever was asked */
	constructor(
		private readonly now: () => Date,
		private readonly ttlCap: number,
	) {}

	/** A JWT for the account. `ttl` in seconds. */
	issue(account: Account, companyId: number, ttl: number): string {
		const at = this.now().getTime();
		const lives = Math.min(ttl, this.ttlCap);
		const iat = Math.floor(at / 1000);
		const token = sign(
			{
				iat,
				exp: iat + Math.max(1, Math.floor(lives)),
				sub: account.email,
				company_id: companyId,
				jti: String(++this.issued),
			},
			'emulator',
			{ algorithm: 'HS256' },
		);
		this.sessions.set(token, { account, companyId, expiresAt: at + lives * 1000 });
		return token;
	}

	/** Whose token an Authorization header carries; undefined when unknown, revoked or expired. */
	session(header: string | undefined): Session | undefined {
		const token = /^Bearer (\S+)$/i.exec(header ?? '')?.[1];
		const session = token === undefined ? undefined : this.sessions.get(token);
		return session && session.expiresAt > this.now().getTime() ? session : undefined;
	}

	revokeAll(): void {
		this.sessions.clear();
	}
}
