/**
 * The login failed. It carries no `response`, so that n8n does not take it for an expired token and
 * ask a second time.
 */
export class LoginError extends Error {
	constructor(
		message: string,
		readonly description: string,
	) {
		super(message);
		this.name = 'Twin24LoginError';
	}

	/** By name: n8n may hand back an error made by another copy of this module. */
	static is(error: unknown): error is LoginError {
		return error instanceof Error && error.name === 'Twin24LoginError';
	}
}
