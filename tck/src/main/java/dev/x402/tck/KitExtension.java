package dev.x402.tck;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** Runs each rule on a bench of its own; tells failures, and writes the report of the class. */
final class KitExtension
        implements BeforeAllCallback, AfterAllCallback, ExecutionCondition, ParameterResolver, InvocationInterceptor {
    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(KitExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        log(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        RunLog log = log(context);
        Reports.write(log);
        System.out.println(log.line());
        context.publishReportEntry("x402.tck.verdict", log.verdict().name());
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        boolean out = context.getTestMethod()
                .flatMap(Rule::of)
                .filter(rule -> !settings(context).runs(rule))
                .isPresent();
        return out
                ? ConditionEvaluationResult.disabled("not among x402.tck.only")
                : ConditionEvaluationResult.enabled("");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Bench.class;
    }

    /** Nothing yet: the bench is opened on the rule's own thread. */
    @Override
    public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return null;
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> called, ExtensionContext context)
            throws Throwable {
        Rule rule = Rule.of(called.getExecutable()).orElse(null);
        if (rule == null || !(called.getTarget().orElse(null) instanceof RuleKit kit)) {
            invocation.proceed();
            return;
        }
        invocation.skip();
        RunLog log = log(context);
        RuleRun run = new RuleRun(rule, kit, log.settings(), exits(context), bench -> {
            try {
                rule.method().invoke(kit, bench);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
        RuleResult result = run.run();
        log.judged(run.subject());
        log.add(result);
        context.publishReportEntry(Map.of(
                "x402.tck.rule", rule.id(),
                "x402.tck.outcome", result.outcome().name(),
                "x402.tck.intent", rule.spec().intent()));
        tell(
                result,
                result.message(log.testClass().getSimpleName(), log.settings().seed()));
    }

    private static void tell(RuleResult result, String message) {
        if (result.isBad()) {
            throw new AssertionFailedError(message);
        }
        if (result.outcome() != RuleOutcome.PASS) {
            throw new TestAbortedException(message);
        }
    }

    private static Settings settings(ExtensionContext context) {
        return Settings.of(context::getConfigurationParameter);
    }

    private static ExitWatch exits(ExtensionContext context) {
        return context.getRoot()
                .getStore(SPACE)
                .computeIfAbsent(ExitWatch.class, key -> new ExitWatch(), ExitWatch.class);
    }

    private static RunLog log(ExtensionContext context) {
        Class<?> testClass = context.getRequiredTestClass();
        return context.getRoot()
                .getStore(SPACE)
                .computeIfAbsent(testClass, key -> new RunLog(testClass, settings(context)), RunLog.class);
    }
}
