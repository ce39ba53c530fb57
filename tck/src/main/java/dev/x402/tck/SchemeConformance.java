package dev.x402.tck;

/** Every rule for a scheme and its rail. */
public interface SchemeConformance
        extends KeyRules,
                ClientRules,
                ServerRules,
                VerifyRules,
                SettleRules,
                MovementRules,
                FinalityRules,
                RailRules,
                AccountRules,
                AssetRules,
                PackagingRules {}
