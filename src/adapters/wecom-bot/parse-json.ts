/** Control characters that JSON does not allow inside a text. */
const inside: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * JSON as the platform writes it: sometimes with raw control characters inside texts, as its own SDK
 * knows. They are read as if they had been escaped.
 *
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return JSON.parse(escapeControls(text));
  }
}

/** Goes through the text once, and knows at every quote whether a text begins or ends there. */
function escapeControls(text: string): string {
  let isInside = false;
  return text.replace(/\\\P{Cc}|["\p{Cc}]/gu, (token) => {
    if (token === '"') isInside = !isInside;
    return isInside && controls.test(token) ? escaped(token) : token;
  });
}

const controls = /^\p{Cc}$/u;

function escaped(control: string): string {
  return inside[control] ?? `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
