/** The part that the benchmark uses; the package brings no types. */
declare module 'json-bigint' {
  export default function create(options: { readonly storeAsString: boolean }): {
    parse(source: string): unknown;
  };
}
