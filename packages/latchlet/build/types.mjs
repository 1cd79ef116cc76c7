// The types of the package, as its sources have them.

import path from 'node:path';
import ts from 'typescript';
import { entries, home } from './scripts.mjs';

export async function declarations(into) {
  const fail = ({ messageText }) => { throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n')); };
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fail };
  const settings = { emitDeclarationOnly: true, outDir: into, rootDir: path.join(home, 'src') };
  const config = ts.getParsedCommandLineOfConfigFile(path.join(home, 'tsconfig.json'), settings, host);
  const program = ts.createProgram([...Object.values(entries), path.join(home, 'src/css.d.ts')], config.options);
  const problems = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
  if (problems.length > 0) fail(problems[0]);
}
