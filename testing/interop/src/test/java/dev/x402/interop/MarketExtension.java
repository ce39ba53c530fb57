package dev.x402.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one {@link Market} of the run, with honest links. */
public final class MarketExtension implements ParameterResolver, BeforeEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(MarketExtension.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        for (Side side : Side.values()) {
            market(context).link(side).honest();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Market.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return market(context);
    }

    private static Market market(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        Market.class,
                        key -> {
                            try {
                                return new Market();
                            } catch (IOException unusable) {
                                throw new UncheckedIOException("the market could not be opened", unusable);
                            }
                        },
                        Market.class);
    }
}
