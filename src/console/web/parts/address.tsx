import { Fragment } from 'react';

/** A URL, broken into lines where its parts end and not within a host and its port. */
export function Address({ url }: { readonly url: string }) {
  return (
    <span className="address">
      {url.split(/(?<=[/?&])(?!\/)/u).map((part, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- parts may be alike
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </span>
  );
}
