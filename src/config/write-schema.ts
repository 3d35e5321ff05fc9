import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownPackage } from '../core/own-package.js';
import { configJsonSchema } from './json-schema.js';

// The script behind `npm run schema`: writes the schema that editors and the package use.
writeFileSync(
  join(ownPackage.root, 'wechatyrc.schema.json'),
  `${JSON.stringify(configJsonSchema(), null, 2)}\n`,
);
