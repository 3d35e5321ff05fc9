export { readXml } from './read-xml.js';
export { writeXml, type XmlContent, type XmlContents } from './write-xml.js';
export { XmlError } from './xml-error.js';
export { emptyRecord, type XmlRecord, type XmlValue } from './xml-record.js';
