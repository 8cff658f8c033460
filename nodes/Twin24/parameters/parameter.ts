import type { INodeProperties } from 'n8n-workflow';

/**
 * One parameter: how n8n shows it and how its value is checked, made from the same facts, so that a
 * label, a default or a bound is written in one place only.
 */
export interface Parameter<T> {
	/** n8n's description of it: name, label and default are in here and nowhere else. */
	readonly property: INodeProperties;
	/**
	 * What the value means, whatever an expression may have made of it.
	 * @throws ParameterError that names the parameter and the remedy
	 */
	readonly check: (value: unknown) => T;
}

/** Parameters by the names under which the code knows them. */
export type Parameters = Record<string, Parameter<unknown>>;

/** What a set of parameters says, by the same names. */
export type Values<P extends Parameters> = {
	[name in keyof P]: P[name] extends Parameter<infer T> ? T : never;
};

/** Reads a node's parameter by its name; the fallback is for one that n8n does not show. */
export type ReadParameter = (name: string, fallback: unknown) => unknown;

/** One parameter of a node, checked. @throws ParameterError */
export const readOne = <T>(read: ReadParameter, { property, check }: Parameter<T>): T =>
	check(read(property.name, property.default));
