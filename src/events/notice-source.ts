import type { Notice } from './read-notice.js';

/** A notice without what every listener would repeat. */
export type NoticeContent = Omit<Notice, 'at' | 'botId'>;

/** Tells one notice. */
export type Tell = (content: NoticeContent) => void;
