using Azure.Core;
using Azure.Identity;
using Npgsql;

namespace Mayhem.Postgres;

/// <summary>Makes the pool of connections.</summary>
internal static class PostgresConnections
{
    private static readonly string[] Scopes = ["https://ossrdbms-aad.database.windows.net/.default"];

    /// <summary>A pool that connects when it is first used.</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="credential">Gives the tokens, where they are used; null for the identity that the options name.</param>
    public static NpgsqlDataSource Create(PostgresOptions options, TokenCredential? credential = null)
    {
        var connection = options.Connection();
        var builder = new NpgsqlDataSourceBuilder(connection.ConnectionString);
        if (options.UsesEntra(connection))
        {
            // Asked for every physical connection: the credential keeps its token and renews it in time.
            var identity = credential ?? IdentityOf(options);
            var request = new TokenRequestContext(Scopes);
            builder.UsePasswordProvider(
                _ => identity.GetToken(request, CancellationToken.None).Token,
                async (_, cancellationToken) => (await identity.GetTokenAsync(request, cancellationToken)).Token);
        }
        return builder.Build();
    }

    private static DefaultAzureCredential IdentityOf(PostgresOptions options) =>
        options.ClientId.Length == 0 ? new() : new(new DefaultAzureCredentialOptions { ManagedIdentityClientId = options.ClientId });
}
