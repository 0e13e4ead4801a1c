import { endsOf } from '../graph/links/ends.ts';
import { describe } from '../model/describe.ts';
import { renamedService } from '../questions/routes/renamed-service.ts';
import { defineRule, type Rule } from './rule.ts';

const staleKustomizeReference: Rule = defineRule({
  id: 'stale-kustomize-reference',
  severity: 'error',
  summary: 'A kustomization renames a Service, and a route still names it as it was called before.',

  *check({ backends, model }) {
    for (const link of backends) {
      const name = link.backend.service;
      const renamed = link.state === 'broken' ? renamedService(link, model) : undefined;
      if (!name || !renamed) continue;
      yield {
        message: `${describe(link.route)} sends traffic to Service \`${name.value}\`, which the kustomization calls \`${renamed.name}\``,
        resources: [link.route, renamed],
        field: endsOf(link).from.field,
        link,
        labels: [
          { at: name.at, message: 'the name before the build' },
          { at: renamed.nameAt, message: `\`${renamed.name}\` after it` },
        ],
        notes: [
          `kustomize follows names through the fields that it knows, and this one of ${link.route.kind} is none of them`,
        ],
        help: [
          'tell kustomize of the field with a `nameReference` in a file of `configurations`, or write the new name in a patch of the overlay',
        ],
      };
    }
  },
});

export default staleKustomizeReference;
