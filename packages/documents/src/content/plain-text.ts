/**
 * Whether something that comes in pieces is plain text: UTF-8 as it should be, and nothing in it that steers a
 * machine instead of being read. Tabs and line ends are all the control characters that text needs.
 */
export class PlainTextTest {
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  private passed = true;

  add(chunk: Uint8Array): void {
    if (!this.passed) return;
    try {
      this.judge(this.decoder.decode(chunk, { stream: true }));
    } catch {
      this.passed = false;
    }
  }

  /** After the last piece. */
  end(): boolean {
    try {
      this.judge(this.decoder.decode());
    } catch {
      this.passed = false;
    }
    return this.passed;
  }

  private judge(text: string): void {
    if (/[^\P{Cc}\t\r\n]/u.test(text)) this.passed = false;
  }
}
