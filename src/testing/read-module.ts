import { parseSync, Visitor } from 'oxc-parser';

/** What a module takes from elsewhere, as the compiler reads it. */
export interface ModuleUse {
  /** Specifiers of imports and re-exports, those of types alone as well; `` for one that is worked out at run time. */
  readonly imports: readonly string[];
  /** Names that no declaration of the module explains, with what is asked of them: `require()`, `process.env`, `new Date`. */
  readonly globals: readonly string[];
}

/** What the members of Node's `process` are called; a module's own `process` has none of these. */
const OF_NODE = /^(env|exit|exitCode|argv|std\w+|cwd|platform|hrtime|memoryUsage|on|version|versions|pid)$/;

type Callback = NonNullable<ConstructorParameters<typeof Visitor>[0]>;
type NodeOf<K extends keyof Callback> = Parameters<NonNullable<Callback[K]>>[0];

/** Reads a TypeScript module; throws where the parser finds that it is none. */
export function readModule(file: string, text: string): ModuleUse {
  const { program, module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const imports = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap((one) => one.moduleRequest?.value ?? []),
    ),
  ];
  const globals: string[] = [];
  const declared = namesDeclaredIn(program);
  const typed = typesIn(program);
  /** Identifiers that are no value, by where they begin; and how those are used that are. */
  const names = new Set<number>();
  const how = new Map<number, string>();
  const name = (node: { readonly start: number }, isName: boolean): void => {
    if (isName) names.add(node.start);
  };
  new Visitor({
    ImportExpression: ({ source }) => imports.push(literalOf(source)),
    TSImportType: ({ source }) => imports.push(source.value),
    TSExternalModuleReference: () => globals.push('require()'),
    MetaProperty: ({ meta, property }) => {
      for (const part of [meta, property]) names.add(part.start);
      globals.push(`${meta.name}.${property.name}`);
    },
    CallExpression: ({ callee }) => {
      if (callee.type === 'Identifier') how.set(callee.start, `${callee.name}()`);
    },
    NewExpression: ({ callee }) => {
      if (callee.type === 'Identifier') how.set(callee.start, `new ${callee.name}`);
    },
    BinaryExpression: ({ operator, right }) => {
      if (operator === 'instanceof' && right.type === 'Identifier')
        how.set(right.start, `instanceof ${right.name}`);
    },
    MemberExpression: ({ object, property, computed }) => {
      name(property, !computed);
      if (object.type !== 'Identifier') return;
      const key = !computed && property.type === 'Identifier' ? property.name : '[]';
      if (object.name === 'process' && OF_NODE.test(key)) globals.push(`process.${key}`);
      else how.set(object.start, `${object.name}.${key}`);
    },
    Property: ({ key, computed, shorthand }) => name(key, !computed && !shorthand),
    MethodDefinition: ({ key, computed }) => name(key, !computed),
    PropertyDefinition: ({ key, computed }) => name(key, !computed),
    ImportSpecifier: ({ imported }) => {
      name(imported, true);
      // Through it comes whatever no import names.
      if (imported.type === 'Identifier' && imported.name === 'createRequire') globals.push('createRequire');
    },
    ExportSpecifier: ({ local, exported }) => {
      name(exported, exported.start !== local.start);
    },
    ExportNamedDeclaration: ({ source, specifiers }) => {
      for (const { local, exported } of source ? specifiers : [])
        for (const one of [local, exported]) names.add(one.start);
    },
    ExportAllDeclaration: ({ exported }) => {
      if (exported) names.add(exported.start);
    },
    ImportAttribute: ({ key }) => name(key, true),
    LabeledStatement: ({ label }) => name(label, true),
    BreakStatement: ({ label }) => label && name(label, true),
    ContinueStatement: ({ label }) => label && name(label, true),
    JSXAttribute: ({ name: attribute }) => name(attribute, true),
  }).visit(program);
  new Visitor({
    Identifier: (node) => {
      if (declared.has(node.name) || names.has(node.start) || typed(node.start)) return;
      globals.push(how.get(node.start) ?? node.name);
    },
  }).visit(program);
  return { imports, globals };
}

/** Whether a place is within a type, which is gone when the module runs. */
function typesIn(program: Parameters<Visitor['visit']>[0]): (place: number) => boolean {
  const spans: [start: number, end: number][] = [];
  const take = ({ start, end }: { readonly start: number; readonly end: number }): void => {
    spans.push([start, end]);
  };
  new Visitor({
    TSTypeAnnotation: take,
    TSTypeAliasDeclaration: take,
    TSInterfaceDeclaration: take,
    TSTypeParameterInstantiation: take,
    TSTypeParameterDeclaration: take,
    TSClassImplements: take,
    TSAsExpression: ({ typeAnnotation }) => take(typeAnnotation),
    TSSatisfiesExpression: ({ typeAnnotation }) => take(typeAnnotation),
  }).visit(program);
  return (place) => spans.some(([start, end]) => start <= place && place < end);
}

/** Everything that the module binds, wherever: one that shadows a global does so for all of the module. */
function namesDeclaredIn(program: Parameters<Visitor['visit']>[0]): ReadonlySet<string> {
  const names = new Set<string>();
  const bind = (pattern: unknown): void => {
    for (const name of namesIn(pattern)) names.add(name);
  };
  const withParams = ({ id, params }: NodeOf<'FunctionDeclaration'> | NodeOf<'FunctionExpression'>): void => {
    bind(id);
    for (const param of params) bind(param);
  };
  new Visitor({
    ImportDeclaration: ({ specifiers }) => {
      for (const { local } of specifiers) bind(local);
    },
    VariableDeclarator: ({ id }) => bind(id),
    FunctionDeclaration: withParams,
    FunctionExpression: withParams,
    ArrowFunctionExpression: ({ params }) => {
      for (const param of params) bind(param);
    },
    ClassDeclaration: ({ id }) => bind(id),
    CatchClause: ({ param }) => bind(param),
  }).visit(program);
  return names;
}

interface Pattern {
  readonly type: string;
  readonly name?: string;
  readonly left?: unknown;
  readonly argument?: unknown;
  readonly parameter?: unknown;
  readonly elements?: readonly unknown[];
  readonly properties?: readonly { readonly value?: unknown; readonly argument?: unknown }[];
}

/** The names that a pattern binds: `{ a, b: [c = 1], ...d }` has `a`, `c` and `d`. */
function namesIn(pattern: unknown): string[] {
  if (!pattern) return [];
  const { type, name, left, argument, parameter, elements, properties } = pattern as Pattern;
  if (type === 'Identifier') return name === undefined ? [] : [name];
  return [
    ...[left, argument, parameter].flatMap(namesIn),
    ...(elements ?? []).flatMap(namesIn),
    ...(properties ?? []).flatMap((one) => namesIn(one.value ?? one.argument)),
  ];
}

function literalOf(source: NodeOf<'ImportExpression'>['source']): string {
  if (source.type === 'Literal' && typeof source.value === 'string') return source.value;
  if (source.type === 'TemplateLiteral' && source.expressions.length === 0) {
    return source.quasis[0]?.value.cooked ?? '';
  }
  return '';
}
