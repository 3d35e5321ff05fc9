import { isMap, isSeq, visit } from 'yaml';
import { parseDocumentInSlices } from '../../../config/source/parse-document.js';
import type { Entry } from '../entries.js';

/**
 * The text of a YAML file with other rules, for files that `rewriteYaml` cannot edit: written anew
 * from the document. Comments stay, except those in the rules that are changed; the layout becomes
 * the usual one.
 */
export async function remakeYaml(
  text: string,
  before: readonly unknown[],
  entries: readonly Entry[],
): Promise<string> {
  const document = await parseDocumentInSlices(text, { logLevel: 'silent' });
  const old = document.get('rules', true);
  const items = isSeq(old) ? old.items : [];
  const rules = document.createNode(
    entries.map(({ source, isCopy, data }) => {
      const isSame = source !== undefined && !isCopy && before[source] === data;
      return isSame ? items[source] : newNode(data);
    }),
  );
  if (isSeq(old)) {
    rules.commentBefore = old.commentBefore ?? null;
    rules.comment = old.comment ?? null;
  }
  document.set('rules', rules);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const remade = document.toString({ lineWidth: 0 });
  return eol === '\n' ? remade : remade.replaceAll('\n', eol);

  function newNode(data: unknown) {
    const node = document.createNode(data);
    // Lists of words on one line, as people write them.
    visit(node, {
      Seq: (_key, list) => {
        if (!list.items.some((item) => isMap(item) || isSeq(item))) list.flow = true;
      },
    });
    return node;
  }
}
