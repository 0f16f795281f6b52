package dev.emroperator.finance.localcloud.gateway;

/**
 * Sees every call, from the thread of the caller's connection, which waits. So it may do whatever
 * it likes before it decides: kill the caller, and drop its connection.
 */
public interface Interceptor {

  /** Before the call is forwarded, so nothing is done yet. */
  default Verdict before(Call call) {
    return Verdict.PASS;
  }

  /** After the work is done, and before the caller hears of it. */
  default Verdict after(Call call, int status) {
    return Verdict.PASS;
  }
}
