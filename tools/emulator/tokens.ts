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
	issuedAt: number;
	expiresAt: number;
}

export const DEFAULT_COMPANY = 1758;

/** The token's life when the login asks for none: a week, in seconds. */
export const DEFAULT_TTL = 604_800;

/** The tokens issued so far. */
export class Tokens {
	private sessions = new Map<string, Session>();
	private issued = 0;
	private withdrawal = { everyMs: 0, from: 0 };

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
		this.sessions.set(token, {
			account,
			companyId,
			issuedAt: at,
			expiresAt: at + lives * 1000,
		});
		return token;
	}

	/** Whose token an Authorization header carries; undefined when unknown, revoked or expired. */
	session(header: string | undefined): Session | undefined {
		const token = /^Bearer (\S+)$/i.exec(header ?? '')?.[1];
		const session = token === undefined ? undefined : this.sessions.get(token);
		const now = this.now().getTime();
		if (!session || session.expiresAt <= now) return undefined;
		return this.withdrawals(session.issuedAt) < this.withdrawals(now) ? undefined : session;
	}

	/** From now on all tokens are withdrawn every so many milliseconds; 0: no more. */
	withdrawEvery(everyMs: number): void {
		this.withdrawal = { everyMs, from: this.now().getTime() };
	}

	/** How many times tokens had been withdrawn by then. */
	private withdrawals(at: number): number {
		const { everyMs, from } = this.withdrawal;
		return everyMs > 0 ? Math.max(0, Math.floor((at - from) / everyMs)) : 0;
	}

	revokeAll(): void {
		this.sessions.clear();
	}
}
