using Mayhem.Contracts;
using Mayhem.Functions;
using Mayhem.Functions.Configuration;
using Mayhem.Ledger;
using Mayhem.Messages;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mayhem.Postgres.Tests;

/// <summary>The function app as it is composed in Azure.</summary>
public sealed class FunctionAppTests : IAsyncLifetime
{
    private readonly TestDatabase database = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => database.DropAsync();

    [ContractFact]
    public async Task Ledger_WithAConnectionString_IsTheOneInPostgreSql()
    {
        using var app = Compose(("ConnectionString", database.Options.ConnectionString), ("Schema", database.Options.Schema));
        await using (app.Services.GetRequiredService<PostgresLedger>())
        {
            var ledger = app.Services.GetRequiredService<ILedger>();
            await ledger.RecordIntentAsync(new RestartIntent(new RestartRequest { RequestId = "r1", Host = "h1", Requester = "ops" }), default);

            Assert.Same(ledger, app.Services.GetRequiredService<IRequestArchive>());
        }
        Assert.Equal("r1", Assert.Single(await PostgresLedger.ReadAsync(database.Options, default)).RequestId);
    }

    [ContractFact]
    public void Ledger_ThatCannotBeReached_IsAnErrorOfTheConfigurationThatNamesTheKey()
    {
        using var app = Compose(("ConnectionString", "Host=127.0.0.1;Port=1;Database=mayhem"));

        var error = Assert.Single(ConfigurationErrors.Of(Assert.Throws<PostgresLedgerException>(() => app.Services.GetRequiredService<ILedger>())));

        Assert.Contains("127.0.0.1:1 cannot be reached", error, StringComparison.Ordinal);
        Assert.Contains("Mayhem:Ledger:Postgres:ConnectionString", error, StringComparison.Ordinal);
    }

    private static IHost Compose(params (string Key, string Value)[] settings)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"{PostgresOptions.Section}:{setting.Key}", (string?)setting.Value)));
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create(MayhemOptions.QueueKey, (string?)"restarts")]);
        new App(builder.Services).AddMayhem(builder.Configuration);
        return builder.Build();
    }

    private sealed class App(IServiceCollection services) : IFunctionsWorkerApplicationBuilder
    {
        public IServiceCollection Services { get; } = services;

        public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware) => this;
    }
}
