package dev.emroperator.finance.job.kind;

import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.RuntimeReplaceable;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.View;
import org.apache.spark.sql.catalyst.trees.TreeNode;

/** A select as Spark has resolved it: all that it reads are its tables, and it can be repeated. */
final class SqlPlan {

  /** Leaves that read nothing, or what another part of the plan reads. */
  private static final Set<String> EMPTY_HANDED =
      Set.of("CTERelationRef", "LocalRelation", "OneRowRelation", "Range");

  /** Aggregates that take whichever row comes first; Spark counts them as deterministic. */
  private static final Set<String> ANY_ROW = Set.of("AnyValue", "First", "Last");

  private final Set<String> tables;

  private SqlPlan(Set<String> tables) {
    this.tables = tables;
  }

  /**
   * Checks all that stands above the tables.
   *
   * @param tables names of the temporary views that may be read
   */
  static void check(LogicalPlan analysed, Set<String> tables) {
    PlanWalk.over(analysed, new SqlPlan(tables)::goesOn);
  }

  private boolean goesOn(TreeNode<?> node) {
    if (node instanceof View view && isTable(view)) {
      return false;
    }
    if (node instanceof LogicalPlan
        && (node instanceof View || node.children().isEmpty())
        && !EMPTY_HANDED.contains(node.getClass().getSimpleName())) {
      throw SqlText.refused(
          "reads %s, which is none of its tables %s".formatted(node.nodeName(), tables));
    }
    if (node instanceof WindowExpression window) {
      checkWindow(window);
      return false;
    }
    if (node instanceof RuntimeReplaceable shorthand) {
      PlanWalk.over(shorthand.replacement(), this::goesOn);
    }
    if (node instanceof Expression expression) {
      SqlClock.check(expression);
      checkRepeats(expression);
    }
    return true;
  }

  private boolean isTable(View view) {
    return view.isTempView() && tables.contains(view.desc().identifier().table());
  }

  /** In a window with an order, the first and the last row are always the same. */
  private void checkWindow(WindowExpression window) {
    PlanWalk.over(window.windowSpec(), this::goesOn);
    Expression function = window.windowFunction();
    boolean isAggregate =
        function instanceof AggregateExpression || function instanceof AggregateFunction;
    if (!isAggregate || window.windowSpec().orderSpec().isEmpty()) {
      PlanWalk.over(function, this::goesOn);
      return;
    }
    Expression aggregate =
        function instanceof AggregateExpression whole ? whole.aggregateFunction() : function;
    PlanWalk.over(aggregate.children(), this::goesOn);
  }

  private static void checkRepeats(Expression expression) {
    boolean isTheCause =
        !expression.deterministic() && expression.children().forall(Expression::deterministic);
    if (isTheCause || ANY_ROW.contains(expression.getClass().getSimpleName())) {
      throw SqlText.refused(
          "calls %s(), whose result may be another one in the next run: give its window an ORDER BY, or use min_by or max_by"
              .formatted(expression.prettyName()));
    }
  }
}
