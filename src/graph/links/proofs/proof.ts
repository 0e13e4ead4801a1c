/** How each thing that proves a link is said of its values: one sentence without a full stop, made only for who reads it. */
export type Wordings<All> = { readonly [What in keyof All]: (values: All[What]) => string };
