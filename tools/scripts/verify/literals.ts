import ts from 'typescript';

/** The pieces of text in a source that a person may read: those of several words. */
export function sentencesIn(path: string, source: string): string[] {
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		if (
			ts.isStringLiteralLike(node) ||
			ts.isTemplateHead(node) ||
			ts.isTemplateMiddleOrTemplateTail(node)
		) {
			found.push(node.text);
		}
		node.forEachChild(visit);
	};
	visit(ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true));
	return found.filter((text) => /\S\s+\S/.test(text));
}
