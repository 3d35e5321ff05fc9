/** Text of a machine; JSON is laid out for reading. */
export function Code({ code }: { readonly code: string }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it
    <pre className="code" tabIndex={0}>
      {laidOut(code)}
    </pre>
  );
}

function laidOut(code: string): string {
  try {
    return JSON.stringify(JSON.parse(code), null, 2);
  } catch {
    return code;
  }
}
