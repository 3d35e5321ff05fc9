import { writeFileSync } from 'node:fs';
import { configJsonSchema } from './json-schema.js';

// The script behind `npm run schema`: writes the schema that editors and the package use.
writeFileSync(
  new URL('../../wechatyrc.schema.json', import.meta.url),
  `${JSON.stringify(configJsonSchema(), null, 2)}\n`,
);
