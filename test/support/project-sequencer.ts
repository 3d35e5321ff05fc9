import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The projects as they run: the longest tests first, so that none of them is alone at the end. */
const order = ['e2e', 'contract', 'unit'];

const place = ({ project }: TestSpecification) => order.indexOf(project.name);

/**
 * Runs the files of one project behind those of another: a worker is used again by the next file only
 * when that is of the same project.
 */
export class ProjectSequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // Vitest's own method, which answers a new list.
    // oxlint-disable-next-line unicorn/no-array-sort
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => place(one) - place(other));
  }
}
