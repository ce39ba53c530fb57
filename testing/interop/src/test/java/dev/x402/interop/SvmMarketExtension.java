package dev.x402.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one {@link SvmMarket} of the run, with honest links. */
final class SvmMarketExtension implements ParameterResolver, BeforeEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(SvmMarketExtension.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        for (Side side : Side.values()) {
            market(context).link(side).honest();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SvmMarket.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return market(context);
    }

    private static SvmMarket market(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        SvmMarket.class,
                        key -> {
                            try {
                                return new SvmMarket();
                            } catch (IOException unusable) {
                                throw new UncheckedIOException("the market on Solana could not be opened", unusable);
                            }
                        },
                        SvmMarket.class);
    }
}
