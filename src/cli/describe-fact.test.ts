import { expect, test } from 'vitest';
import { findImageFact, imageFacts } from '../knowledge/lookup.ts';
import { describeFact, unknownImage } from './describe-fact.ts';

const told = (image: string): string => describeFact(image, findImageFact(image)!);

test('an image that reads PORT says so, with its default and its sources', () => {
  expect(told('ghcr.io/advplyr/audiobookshelf:2.17')).toMatch(/listens on {2}80\/TCP +moved by PORT, HOST/);
  expect(told('ghcr.io/advplyr/audiobookshelf:2.17')).toMatch(/PORT {8}moves its port \(default 80\)/);
  expect(told('advplyr/audiobookshelf')).toContain('advplyr/audiobookshelf#2041');
});

test('an image that does not read PORT says so', () => {
  expect(told('postgres')).toContain('PORT        is not read');
});

test('every fact can be told, and tells each of its ports', () => {
  for (const fact of imageFacts()) {
    const text = describeFact(fact.id, fact);
    for (const { port, protocol } of fact.ports) expect(text).toContain(`${port}/${protocol}`);
    expect(text).not.toContain('undefined');
  }
});

test('an unknown image names those that are near', () => {
  expect(unknownImage('redsi:7')).toContain('known names that are near: redis');
});
