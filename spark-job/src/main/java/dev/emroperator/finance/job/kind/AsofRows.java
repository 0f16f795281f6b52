package dev.emroperator.finance.job.kind;

import dev.emroperator.finance.api.kind.Asof;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The rows of a partition, each followed by the time and the values of what was found for it. Every
 * row begins with ticker (of the other source: its bytes) and microseconds.
 */
final class AsofRows implements Iterator<Row> {

  private static final int KEYS = 2;

  private final Iterator<Row> lefts;
  private final AsofMerge<Row> merge;
  private final int taken;
  private String name = "";
  private byte[] ticker = new byte[0];

  AsofRows(Iterator<Row> lefts, Iterator<Row> rights, Asof asof) {
    this.lefts = lefts;
    this.merge = new AsofMerge<>(new Entries(rights), asof);
    this.taken = asof.columns().size();
  }

  @Override
  public boolean hasNext() {
    return lefts.hasNext();
  }

  @Override
  public Row next() {
    Row left = lefts.next();
    if (!left.getString(0).equals(name)) {
      name = left.getString(0);
      ticker = name.getBytes(StandardCharsets.UTF_8);
    }
    AsofMerge.Entry<Row> found = merge.find(ticker, left.getLong(1));
    int own = left.length();
    Object[] both = new Object[own + 1 + taken];
    for (int i = 0; i < own; i++) {
      both[i] = left.get(i);
    }
    if (found != null) {
      both[own] = found.time();
      for (int i = 0; i < taken; i++) {
        both[own + 1 + i] = found.value().get(KEYS + i);
      }
    }
    return RowFactory.create(both);
  }

  private record Entries(Iterator<Row> rows) implements Iterator<AsofMerge.Entry<Row>> {

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public AsofMerge.Entry<Row> next() {
      Row row = rows.next();
      return new AsofMerge.Entry<>((byte[]) row.get(0), row.getLong(1), row);
    }
  }
}
