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

function escapeControls(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"/gsu, (literal) =>
    literal.replace(
      /\p{Cc}/gu,
      (control) => inside[control] ?? `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  );
}
