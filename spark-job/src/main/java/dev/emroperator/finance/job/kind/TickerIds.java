package dev.emroperator.finance.job.kind;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.execution.datasources.parquet.ParquetDictionary;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Small numbers for tickers. Where a column comes with a dictionary, as Parquet writes it, a text
 * is looked up once for each dictionary and not once for each row.
 */
final class TickerIds {

  /** Where the dictionary of a row group is; null where Spark hides it. */
  private static final Field OF_VECTOR = field(WritableColumnVector.class);

  private static final Field OF_WRAPPER = field(ParquetDictionary.class);

  private static final int UNKNOWN = -1;

  private final Map<UTF8String, Integer> ids = new HashMap<>();
  private final List<UTF8String> names = new ArrayList<>();
  private int[] byDictionaryId = new int[0];
  private Object dictionary;
  private int[] dictionaryIds;
  private ColumnVector column;

  /** Turns to the tickers of the next batch. */
  void turnTo(ColumnVector tickers, int rows) {
    column = tickers;
    dictionaryIds = null;
    if (tickers instanceof WritableColumnVector written && written.hasDictionary()) {
      dictionaryIds = written.getDictionaryIds().getInts(0, rows);
      Object now = dictionaryOf(written);
      if (now == null || now != dictionary) {
        Arrays.fill(byDictionaryId, UNKNOWN);
        dictionary = now;
      }
    }
  }

  /** The number of a row's ticker, which is not null. */
  int of(int row) {
    if (dictionaryIds == null) {
      return of(column.getUTF8String(row));
    }
    int dictionaryId = dictionaryIds[row];
    if (dictionaryId >= byDictionaryId.length) {
      int before = byDictionaryId.length;
      byDictionaryId = Arrays.copyOf(byDictionaryId, Math.max(1024, 2 * (dictionaryId + 1)));
      Arrays.fill(byDictionaryId, before, byDictionaryId.length, UNKNOWN);
    }
    int id = byDictionaryId[dictionaryId];
    if (id == UNKNOWN) {
      id = of(column.getUTF8String(row));
      byDictionaryId[dictionaryId] = id;
    }
    return id;
  }

  private int of(UTF8String text) {
    UTF8String trimmed = text.trim();
    Integer known = ids.get(trimmed);
    if (known != null) {
      return known;
    }
    UTF8String kept = trimmed.copy();
    names.add(kept);
    ids.put(kept, names.size() - 1);
    return names.size() - 1;
  }

  /** Number to ticker; a ticker may be empty, which is for the caller to refuse. */
  UTF8String name(int id) {
    return names.get(id);
  }

  int size() {
    return names.size();
  }

  /** Spark wraps the one dictionary of a row group anew for each batch. */
  private static Object dictionaryOf(WritableColumnVector vector) {
    try {
      Object wrapper = OF_VECTOR == null ? null : OF_VECTOR.get(vector);
      return wrapper instanceof ParquetDictionary && OF_WRAPPER != null
          ? OF_WRAPPER.get(wrapper)
          : null;
    } catch (IllegalAccessException e) {
      return null;
    }
  }

  private static Field field(Class<?> type) {
    try {
      Field field = type.getDeclaredField("dictionary");
      field.setAccessible(true);
      return field;
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }
}
