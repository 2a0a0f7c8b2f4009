using Azure.Core;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Targets.Webhooks;

/// <summary>Shows a webhook who asks: by a header that a setting holds, or a token of the app's own identity. Neither is ever logged.</summary>
/// <param name="settings">Which of the two, if any.</param>
/// <param name="configuration">Holds the header.</param>
/// <param name="credential">Gives tokens, if asked.</param>
internal sealed class WebhookAuthorization(WebhookSettings settings, IConfiguration configuration, Lazy<TokenCredential> credential)
{
    /// <summary>The value of the Authorization header; null for none.</summary>
    /// <exception cref="Azure.Identity.AuthenticationFailedException">There is no token.</exception>
    public async Task<string?> HeaderAsync(CancellationToken cancellationToken)
    {
        if (settings.AuthorizationSetting is { } key)
            return configuration[key];
        if (settings.TokenScope is not { } scope)
            return null;
        var token = await credential.Value.GetTokenAsync(new TokenRequestContext([scope]), cancellationToken);
        return $"Bearer {token.Token}";
    }
}
