import type { Candidate } from './candidate';
import type { Finding, Page, Rule, Verdict } from './rule';
import { codeStandards } from './rules/codeStandards';
import { guidelines } from './rules/guidelines';
import { submission } from './rules/submission';
import { userExperience } from './rules/userExperience';

/** The pages that n8n's reviewers go by, as of November 2026. */
export const PAGES: Page[] = [guidelines, submission, userExperience, codeStandards];

export type Result = Finding & Pick<Rule, 'rule'> & { page: string };

const LABELS: Record<Verdict, string> = {
	passed: 'passed',
	failed: 'FAILED',
	departs: 'departs',
	owner: 'for the owner',
};

/** What became of every rule of every page. */
export const verify = (candidate: Candidate): Result[] =>
	PAGES.flatMap(({ title, rules }) =>
		rules.map(({ rule, look }) => ({ page: title, rule, ...look(candidate) })),
	);

/** The results for a person to read: rule, verdict, what shows it. */
export function written(results: Result[]): string {
	const pages = PAGES.map(({ title, address }) => {
		const rules = results
			.filter(({ page }) => page === title)
			.map(({ rule, verdict, because }) => `  ${LABELS[verdict]}: ${rule}\n      ${because}`);
		return [`${title} (docs.n8n.io/connect/create-nodes/${address})`, ...rules].join('\n');
	});
	const count = (verdict: Verdict) => results.filter((result) => result.verdict === verdict).length;
	return [
		...pages,
		`${count('passed')} passed, ${count('failed')} failed, ${count('departs')} departed from on purpose (tell the reviewer), ${count('owner')} for the owner`,
	].join('\n\n');
}
