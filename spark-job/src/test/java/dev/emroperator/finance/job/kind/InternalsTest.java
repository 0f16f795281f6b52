package dev.emroperator.finance.job.kind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.job.LocalRun;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InternalsTest {

  private static final List<String> QUESTIONS = List.of("haveBatches", "haveRows", "haveSort");

  /** A Spark without one of its classes, as a vendor's may be. */
  private static final class Lacking extends ClassLoader {
    private final String missing;

    Lacking(String missing) {
      super(Internals.class.getClassLoader());
      this.missing = missing;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.equals(missing)) {
        throw new ClassNotFoundException(name);
      }
      return name.equals(Internals.class.getName()) ? again(name) : super.loadClass(name, resolve);
    }

    private Class<?> again(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "haveBatches, org.apache.spark.sql.execution.FileSourceScanExec",
    "haveSort, org.apache.spark.sql.execution.UnsafeExternalRowSorter",
    "haveSort, org.apache.spark.util.collection.unsafe.sort.PrefixComparator"
  })
  void aClassThatIsMissingIsNotUsedAndTheOthersAre(String lost, String missing) throws Exception {
    Class<?> internals = new Lacking(missing).loadClass(Internals.class.getName());
    for (String question : QUESTIONS) {
      Method method = internals.getDeclaredMethod(question, SparkSession.class);
      method.setAccessible(true);
      assertEquals(!question.equals(lost), method.invoke(null, LocalRun.spark()), question);
    }
  }

  @Test
  void sparkItselfHasAll() {
    assertTrue(Internals.haveBatches(LocalRun.spark()));
    assertTrue(Internals.haveSort(LocalRun.spark()));
  }
}
