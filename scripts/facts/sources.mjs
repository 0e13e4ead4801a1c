// Texts of cited files, at the commit that was read and at the newest: from checkouts or bare copies below a folder,
// or from GitHub.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What a place holds: its text, `undefined` for a file that is not there, or an Error for what cannot be asked. */
export function openSources(folder) {
  return folder === undefined ? new GitHub() : new Checkouts(folder);
}

class Checkouts {
  #folder;
  constructor(folder) {
    if (!existsSync(folder)) throw new Error(`${folder}: there is no such folder`);
    this.#folder = folder;
  }

  /** `owner/name`, `owner+name` or `name` below the folder, with a work tree or without. */
  #place(repo) {
    const [, name] = repo.split('/');
    return [repo, repo.replace('/', '+'), name]
      .flatMap((one) => [join(this.#folder, one), join(this.#folder, one, 'repo')])
      .find((one) => existsSync(join(one, '.git')) || existsSync(join(one, 'HEAD')));
  }

  async textOf(repo, commit, path) {
    const place = this.#place(repo);
    if (!place) return new Error(`${repo} is not among the sources`);
    if (git(place, 'cat-file', '-e', `${commit}^{commit}`) === undefined)
      return new Error(`${repo} has no commit ${commit}`);
    return git(place, 'show', `${commit}:${path}`);
  }
}

function git(place, ...args) {
  const { status, stdout } = spawnSync('git', ['-C', place, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  return status === 0 ? stdout : undefined;
}

class GitHub {
  async textOf(repo, commit, path) {
    const where = path.split('/').map(encodeURIComponent).join('/');
    try {
      const answer = await fetch(`https://raw.githubusercontent.com/${repo}/${commit}/${where}`);
      if (answer.status === 404) return undefined;
      return answer.ok ? await answer.text() : new Error(`${repo} answers ${answer.status}`);
    } catch (error) {
      return new Error(`${repo} cannot be asked: ${error.cause?.code ?? error.message}`);
    }
  }
}
