import { Command } from 'commander';
import { expect, test } from 'vitest';
import { manPageOf } from './man-page.ts';

test('the manual has every command with its arguments and options, in words that troff leaves alone', () => {
  const program = new Command('portolan').description('Follow the chain.');
  program
    .command('check')
    .description("say what breaks; 'why' too")
    .argument('[path...]', '.yaml files')
    .option('-q, --quiet', 'a back\\slash');
  expect(manPageOf(program, '1.2.3').split('\n').slice(0, 20)).toEqual([
    '.TH PORTOLAN 1 "" "portolan 1.2.3"',
    '.SH NAME',
    'portolan \\- Follow the chain',
    '.SH SYNOPSIS',
    '.B portolan',
    '.I command',
    '.RI [ options ]',
    '.SH COMMANDS',
    '.SS portolan check [options] [path...]',
    "say what breaks; 'why' too",
    '.TP',
    '.B path',
    '\\&.yaml files',
    '.TP',
    '.B \\-q, \\-\\-quiet',
    'a back\\eslash',
    '.TP',
    '.B \\-h, \\-\\-help',
    'display help for command',
    '.SH EXIT STATUS',
  ]);
});
