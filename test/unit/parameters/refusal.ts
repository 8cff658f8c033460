import { ParameterError } from '../../../nodes/Twin24/parameters/parameterError';

/** The ParameterError that a function throws, as "message | remedy"; "accepted" when it throws none. */
export const refusal = (run: () => unknown): string => {
	try {
		run();
	} catch (error) {
		expect(error).toBeInstanceOf(ParameterError);
		const { message, description } = error as ParameterError;
		return `${message} | ${description}`;
	}
	return 'accepted';
};
