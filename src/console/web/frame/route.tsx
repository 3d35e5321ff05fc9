import { type AnchorHTMLAttributes, type MouseEvent, useSyncExternalStore } from 'react';
import { whenLeft } from './leaving.js';
import { followPlace, goTo, shownAddress } from './place.js';

const base = import.meta.env.BASE_URL;

/** Where the page is: the path below `/console/`, in parts, and the query. */
export interface Route {
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
}

/** The route, followed. */
export function useRoute(): Route {
  const address = useSyncExternalStore(followPlace, shownAddress);
  const { pathname, searchParams } = new URL(address, location.origin);
  const parts = pathname
    .slice(base.length)
    .split('/')
    .filter((part) => part !== '')
    .map(decoded);
  return { parts, query: searchParams };
}

/**
 * Goes to a path below `/console/`, once what is not saved may be lost; `replace` leaves no step to go
 * back to.
 */
export function navigate(path: string, { replace = false } = {}): void {
  void whenLeft(() => {
    goTo(base + path, replace);
    if (!replace) scrollTo(0, 0);
  });
}

/** The path of a page, its parts encoded. */
export function pathOf(...parts: readonly string[]): string {
  return parts.map(encodeURIComponent).join('/');
}

/** The path of a rule's form. */
export function rulePath(name: string): string {
  return pathOf(name === 'new' ? 'rule' : 'rules', name);
}

/** A link within the page; other clicks than a plain one are the browser's. */
export function Link({
  to,
  ...rest
}: { readonly to: string } & AnchorHTMLAttributes<HTMLAnchorElement>) {
  const onClick = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    navigate(to);
  };
  return (
    <a {...rest} href={base + to} onClick={onClick}>
      {rest.children}
    </a>
  );
}

/** What somebody typed into the address may be no encoding at all. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
