export const metadata = { title: 'A Next.js application' };

export default function Layout({ children }) {
  return <html lang="en"><body>{children}</body></html>;
}
