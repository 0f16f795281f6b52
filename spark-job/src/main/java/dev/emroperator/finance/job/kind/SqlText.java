package dev.emroperator.finance.job.kind;

import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.job.JobFailure;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedGenerator;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import scala.collection.Seq;

/**
 * A select as Spark's parser reads it, held against what it may say before anything is looked up.
 */
final class SqlText {

  /** What queries are made of; every other plan writes, runs commands, or reads elsewhere. */
  private static final Set<String> QUERY =
      Set.of(
          "Aggregate",
          "Distinct",
          "Except",
          "Filter",
          "Generate",
          "GlobalLimit",
          "Intersect",
          "Join",
          "LateralJoin",
          "LocalLimit",
          "Offset",
          "OneRowRelation",
          "Pivot",
          "Project",
          "Sort",
          "SubqueryAlias",
          "Union",
          "UnresolvedHaving",
          "UnresolvedInlineTable",
          "UnresolvedRelation",
          "UnresolvedSubqueryColumnAliases",
          "UnresolvedTVFAliases",
          "UnresolvedTableValuedFunction",
          "UnresolvedWith",
          "Unpivot",
          "WithWindowDefinition");

  /** Names that are not written down: put together from text, or given from outside. */
  private static final Set<String> INDIRECT =
      Set.of("ExpressionWithUnresolvedIdentifier", "NamedParameter", "PosParameter");

  private final Set<String> tables;
  private final Set<String> known;

  private SqlText(Set<String> tables) {
    this.tables = tables;
    this.known = new HashSet<>(tables);
  }

  /**
   * The plan of a select.
   *
   * @param tables names that it may read
   * @throws JobFailure naming what is not allowed, and what is
   */
  static LogicalPlan parse(String select, Set<String> tables, ParserInterface parser) {
    // Spark would put a variable of the process or of the session in its place.
    if (select.contains("${")) {
      throw refused("has '${': variables are not replaced, write the value");
    }
    try {
      LogicalPlan plan = parser.parsePlan(select);
      SqlClock.checkText(select);
      new SqlText(tables).check(plan);
      return plan;
    } catch (ParseException e) {
      throw refused("can't be read: " + firstLine(e));
    } catch (StackOverflowError e) {
      throw refused("is nested too deeply: name its parts by WITH");
    }
  }

  static JobFailure refused(String why) {
    return new JobFailure(Reason.JOB_ERROR, "sql.select " + why);
  }

  static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("");
  }

  private void check(LogicalPlan plan) {
    PlanWalk.over(
        plan,
        node -> {
          if (node instanceof UnresolvedWith with) {
            name(with);
          }
          return true;
        });
    PlanWalk.over(
        plan,
        node -> {
          checkNode(node);
          return true;
        });
  }

  private void name(UnresolvedWith with) {
    with.cteRelations()
        .foreach(
            named -> {
              String name = lower(named._1());
              if (tables.contains(name)) {
                throw refused(
                    "gives the name of table '" + name + "' away: choose another in WITH");
              }
              return known.add(name);
            });
  }

  private void checkNode(TreeNode<?> node) {
    if (node instanceof Expression) {
      checkExpression(node);
      return;
    }
    if (node instanceof LogicalPlan && !QUERY.contains(node.getClass().getSimpleName())) {
      throw refused(
          "holds %s: it must be one SELECT over %s that only reads them, without hints, samples or scripts"
              .formatted(node.nodeName(), new TreeSet<>(tables)));
    }
    if (node instanceof UnresolvedRelation relation) {
      checkTable(relation);
    } else if (node instanceof UnresolvedTableValuedFunction function) {
      checkFunction(function.name());
    } else if (node instanceof GlobalLimit || node instanceof Offset) {
      checkSorted((LogicalPlan) node);
    }
  }

  private void checkTable(UnresolvedRelation relation) {
    String name = relation.multipartIdentifier().mkString(".");
    boolean isNamed =
        relation.multipartIdentifier().size() == 1
            && known.contains(lower(name))
            && !relation.isStreaming();
    if (!isNamed) {
      throw refused(
          "reads '%s', which is none of its tables %s: add an input to 'tables'"
              .formatted(name, new TreeSet<>(tables)));
    }
  }

  private static void checkExpression(TreeNode<?> expression) {
    if (expression instanceof UnresolvedFunction function) {
      checkFunction(function.nameParts());
    } else if (expression instanceof UnresolvedGenerator generator) {
      checkFunction(generator.name().unquotedString());
    } else if (INDIRECT.contains(expression.getClass().getSimpleName())) {
      throw refused("has a name or value that is not written down: write it out");
    }
  }

  private static void checkFunction(Seq<String> name) {
    checkFunction(name.mkString("."));
  }

  private static void checkFunction(String name) {
    if (!SqlFunctions.allows(name)) {
      throw refused(
          "calls %s(), which is not allowed: only functions whose result depends on nothing but"
                  .formatted(lower(name))
              + " their arguments are, docs/analyses/sql.md lists them");
    }
  }

  private static void checkSorted(LogicalPlan cut) {
    LogicalPlan below = cut.children().head();
    while (Set.of("LocalLimit", "Offset", "WithWindowDefinition").contains(below.nodeName())) {
      below = below.children().head();
    }
    if (!(below instanceof Sort sort && sort.global())) {
      throw refused(
          "has a LIMIT or OFFSET without ORDER BY, so any rows could be its result: add one");
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
