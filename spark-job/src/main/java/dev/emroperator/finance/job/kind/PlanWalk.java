package dev.emroperator.finance.job.kind;

import java.util.function.Predicate;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import scala.Product;
import scala.collection.Iterable;
import scala.collection.Iterator;

/**
 * Visits every node of a plan of Spark, wherever it stands: in children, in expressions, in
 * subqueries, in the definitions of a WITH or a WINDOW. Spark's own walks leave some of these out.
 */
final class PlanWalk {

  private PlanWalk() {}

  /**
   * Visits a plan, each node before those below it.
   *
   * @param goesOn sees a plan or an expression; false leaves out what is below it
   */
  static void over(Object node, Predicate<TreeNode<?>> goesOn) {
    if (node instanceof TreeNode<?> tree && !goesOn.test(tree)) {
      return;
    }
    if (node instanceof TreeNode<?> || (node instanceof Product && !(node instanceof Iterable))) {
      each(((Product) node).productIterator(), goesOn);
    } else if (node instanceof Iterable<?> several) {
      each(several.iterator(), goesOn);
    }
  }

  private static void each(Iterator<?> parts, Predicate<TreeNode<?>> goesOn) {
    while (parts.hasNext()) {
      over(parts.next(), goesOn);
    }
  }
}
