import { run } from '../child.js';
import { needs } from '../frameworks.js';
import { copyApp, type Other } from './other.js';

/** The Maven project of a folder of `apps`, which is packed as `target/receiver-1.jar`. */
function framework(name: string, app: string): Other {
  return {
    name,
    missing: needs('mvn', '--version'),
    install: async (folder) => {
      copyApp(app, folder);
      await run({ command: 'mvn', args: ['-q', '-B', 'package'], cwd: folder });
      const jar = 'target/receiver-1.jar';
      const listed = await run({ command: 'unzip', args: ['-Z1', jar], cwd: folder });
      const jars =
        /\/(spring-boot|tomcat-embed-core|reactor-netty-http|standardwebhooks)-(\d[\w.]*)\.jar$/gmu;
      const found = [...listed.matchAll(jars)].map(([, of, version]) => `${of} ${version}`);
      const java = await run({ command: 'java', args: ['--version'], cwd: folder });
      const versions = [`Java ${/\d[\d.]*/u.exec(java)?.[0] ?? ''}`, ...found].join(', ');
      return { program: { command: 'java', args: ['-jar', jar], cwd: folder }, versions };
    },
  };
}

/** Frameworks in Java. */
export const java: readonly Other[] = [
  framework('Spring MVC', 'spring'),
  framework('Spring WebFlux', 'webflux'),
];
