// An SMTP server that is not ours, and what it got, as a mail program reads it.
//
// Prints the port, then a line of JSON a mail. `--later` sends the first attempt
// away with 421; `--never` refuses every recipient, and repeats the address.
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

const [mode] = process.argv.slice(2);
let attempts = 0;

function refusal(code, text) {
  return Object.assign(new Error(text), { responseCode: code });
}

const server = new SMTPServer({
  disabledCommands: ['STARTTLS'],
  authOptional: true,
  allowInsecureAuth: true,
  logger: false,
  onAuth: (auth, session, done) => done(null, { user: auth.username }),
  onMailFrom(address, session, done) {
    attempts += 1;
    const away = mode === '--later' && attempts === 1;
    done(away ? refusal(421, 'Try again later') : null);
  },
  onRcptTo({ address }, session, done) {
    done(mode === '--never' ? refusal(550, `<${address}>: no such mailbox`) : null);
  },
  async onData(stream, session, done) {
    const pieces = [];
    for await (const piece of stream) pieces.push(piece);
    const raw = Buffer.concat(pieces);
    const { from, to, cc, bcc, subject, html, text, headers } = await PostalMime.parse(raw);
    const { mailFrom, rcptTo } = session.envelope;
    const envelope = { from: mailFrom.address, to: rcptTo.map((it) => it.address) };
    console.log(JSON.stringify({ attempts, envelope, from, to, cc, bcc, subject, html, text, headers }));
    done();
  },
});

server.listen(0, '127.0.0.1', () => console.log(server.server.address().port));
