import type { Candidate } from './candidate';

/**
 * What became of a rule: `passed` and `failed` are seen by the script; `departs` is broken on purpose, with the reason,
 * which the reviewer is to be told; `owner` cannot be seen by a script, and says what to do.
 */
export type Verdict = 'passed' | 'failed' | 'departs' | 'owner';

export interface Finding {
	verdict: Verdict;
	/** What shows it: files, commands, tests; what breaks the rule; or what is to be done. */
	because: string;
}

/** One sentence of n8n's pages for authors of nodes. */
export interface Rule {
	rule: string;
	look(candidate: Candidate): Finding;
}

/** The rules of one page of n8n's documentation. */
export interface Page {
	title: string;
	/** Under docs.n8n.io/connect/create-nodes/. */
	address: string;
	rules: Rule[];
}

/** A rule that holds if nothing is found that breaks it. */
export const holds = (problems: string[], shownBy: string): Finding =>
	problems.length === 0
		? { verdict: 'passed', because: shownBy }
		: { verdict: 'failed', because: problems.join('; ') };

/** A rule that a script cannot check. */
export const forTheOwner = (whatToDo: string): Finding => ({
	verdict: 'owner',
	because: whatToDo,
});

/** A rule that is broken on purpose, if what breaks it is just what is known. */
export const departs = (problems: string[], known: string[], reason: string): Finding => {
	const unknown = problems.filter((problem) => !known.includes(problem));
	if (unknown.length > 0) return holds(unknown, '');
	return problems.length === 0
		? { verdict: 'passed', because: 'nothing departs from it any more' }
		: { verdict: 'departs', because: `${problems.join('; ')}. ${reason}` };
};
