package dev.x402.spi.plugins;

import dev.x402.spi.PaymentExtension;
import dev.x402.spi.PaymentExtension.ClientSide;
import dev.x402.spi.PaymentExtension.FacilitatorSide;
import dev.x402.spi.PaymentExtension.ServerSide;
import java.util.function.Supplier;

/** One extension in use, with its sides. */
record ExtensionSides(String key, Side<ClientSide> client, Side<ServerSide> server, Side<FacilitatorSide> facilitator) {
    static ExtensionSides of(
            PaymentExtension extension,
            PluginInfo info,
            Supplier<Context> contexts,
            Accounts accounts,
            OpenSides open) {
        String what = new Origin(info.type(), info.version(), info.location()) + ": ";
        String of = "() of extension " + extension.key();
        return new ExtensionSides(
                extension.key(),
                new Side<>(
                        what + "client" + of,
                        context -> extension.client(new ExtensionContext(context, accounts)),
                        side -> {},
                        contexts.get(),
                        open),
                new Side<>(
                        what + "server" + of,
                        context -> extension.server(new ExtensionContext(context, accounts)),
                        side -> {},
                        contexts.get(),
                        open),
                new Side<>(
                        what + "facilitator" + of,
                        context -> extension.facilitator(new ExtensionContext(context, accounts)),
                        side -> {},
                        contexts.get(),
                        open));
    }
}
