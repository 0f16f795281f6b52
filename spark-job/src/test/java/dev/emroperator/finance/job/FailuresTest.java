package dev.emroperator.finance.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.job.input.BadValue;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {

  private static final String ABORTED =
      "Job aborted due to stage failure: Task 0 in stage 3.0 failed 4 times, most recent failure:"
          + " Lost task 0.3 in stage 3.0 (TID 9) (ip-10-0-0-1 executor 2): ";

  @Test
  void anErrorOfLinkageIsFoundBeneathOthers() {
    Throwable thrown =
        new SparkException(
            ABORTED, new ExecutionException(new IncompatibleClassChangeError("no interface")));
    assertEquals(
        Optional.of("IncompatibleClassChangeError: no interface"), Failures.linkageError(thrown));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.lang.NoSuchMethodError: 'void Sorter.of(int)'\n\tat org.apache.spark.Sorter.of(Sorter.java:7)",
        "org.apache.spark.SparkException: [TASK_WRITE_FAILED] Task failed\n\tat org.apache.spark.Task.run(Task.scala:1)\n"
            + "Caused by: java.lang.NoSuchMethodError: 'void Sorter.of(int)'\n\t... 9 more"
      })
  void anErrorOfLinkageThatATaskTellsAsTextIsFound(String told) {
    Throwable thrown = new SparkException(ABORTED + told);
    assertEquals(
        Optional.of("NoSuchMethodError: 'void Sorter.of(int)'"), Failures.linkageError(thrown));
  }

  @Test
  void anErrorOfLinkageThatSaysNothingIsFoundByItsName() {
    Throwable thrown = new SparkException(ABORTED + "java.lang.AbstractMethodError\n\tat a.B.c(D)");
    assertEquals(Optional.of("AbstractMethodError"), Failures.linkageError(thrown));
  }

  @Test
  void otherErrorsAreNone() {
    String quoted = "row 'java.lang.NoSuchMethodError: x'";
    for (Throwable thrown :
        new Throwable[] {
          new SparkException(ABORTED + "java.lang.OutOfMemoryError: Java heap space"),
          new SparkException(ABORTED + "com.example.java.lang.NoSuchMethodError: x"),
          new SparkException(ABORTED + quoted, BadValue.found(quoted)),
          new SparkException(quoted, new JobFailure(Reason.BAD_VALUE, quoted)),
          new AssertionError()
        }) {
      assertEquals(Optional.empty(), Failures.linkageError(thrown), thrown.toString());
    }
  }
}
