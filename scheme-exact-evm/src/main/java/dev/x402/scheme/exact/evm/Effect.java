package dev.x402.scheme.exact.evm;

import dev.x402.spec.Json;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the transaction that used up an authorization did.
 *
 * @param transaction its hash
 * @param block its number
 * @param paid whether it moved exactly the amount from the payer to the payee
 */
record Effect(String transaction, BigInteger block, boolean paid) {
    private static final String SUCCESS = "0x1";

    /**
     * The authorization's effect by this receipt; empty when this transaction did not use it.
     *
     * @param ours whether the transaction is a plain call of ours, which carries one authorization only; in a
     *     stranger's, the transfer must follow the use, so that no transfer counts for two authorizations
     */
    static Optional<Effect> of(Json.Obj receipt, SignedTransfer transfer, boolean ours) {
        Optional<BigInteger> block = receipt.find("blockNumber").flatMap(Answers::quantity);
        Optional<String> hash = receipt.text("transactionHash");
        if (block.isEmpty()
                || hash.isEmpty()
                || !receipt.text("status").equals(Optional.of(SUCCESS))
                || !(receipt.members().get("logs") instanceof Json.Arr logs)) {
            return Optional.empty();
        }
        Authorization authorization = transfer.authorization();
        String token = transfer.token().contract().lower();
        List<String> use = List.of(
                Abi.AUTHORIZATION_USED,
                Hex.of(authorization.from().word()),
                authorization.nonce().toString());
        List<String> move = List.of(
                Abi.TRANSFER,
                Hex.of(authorization.from().word()),
                Hex.of(authorization.to().word()));
        String value = Hex.of(Hex.word(authorization.value()));
        boolean used = false;
        boolean open = ours; // the next transfer is the one of this authorization
        boolean paid = false;
        for (Json element : logs.elements()) {
            if (!(element instanceof Json.Obj log) || !text(log, "address").equals(token)) {
                continue;
            }
            List<String> topics = topics(log);
            if (topics.equals(use)) {
                used = true;
                open = true;
            } else if (!topics.isEmpty() && topics.get(0).equals(Abi.TRANSFER)) {
                paid |= open && topics.equals(move) && text(log, "data").equals(value);
                open = ours;
            }
        }
        return used ? Optional.of(new Effect(hash.get(), block.get(), paid)) : Optional.empty();
    }

    private static List<String> topics(Json.Obj log) {
        return log.members().get("topics") instanceof Json.Arr arr
                ? arr.elements().stream()
                        .map(topic ->
                                topic instanceof Json.Str str ? str.value().toLowerCase(Locale.ROOT) : "")
                        .toList()
                : List.of();
    }

    private static String text(Json.Obj log, String member) {
        return log.text(member).orElse("").toLowerCase(Locale.ROOT);
    }
}
