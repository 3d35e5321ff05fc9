/** An error of the API: comes with the HTTP status 200, as on a real server. */
export class FakeError extends Error {
  readonly errCode: number;

  constructor(errCode: number, errMsg: string) {
    super(errMsg);
    this.errCode = errCode;
  }
}
