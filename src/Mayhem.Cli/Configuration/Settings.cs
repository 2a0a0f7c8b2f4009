using System.Collections;
using Mayhem.Functions.Configuration;
using Mayhem.Functions.Scheduling;
using Mayhem.Functions.Triggers;
using Mayhem.Postgres;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Cli.Configuration;

/// <summary>
/// The settings of a run on this machine: defaults of the command line, over them <c>local.settings.json</c>, over that the environment,
/// as Azure Functions Core Tools does it. Files are looked for in the current directory, then beside the program.
/// </summary>
internal sealed record Settings(IConfigurationRoot Configuration, string HostJsonPath)
{
    /// <summary>Loads the settings of this process.</summary>
    /// <exception cref="UsageException">A file cannot be used.</exception>
    public static Settings Load() => Load([Environment.CurrentDirectory, AppContext.BaseDirectory], Environment.GetEnvironmentVariables());

    /// <summary>Loads the settings without what suits a run on this machine only, to look at an app in Azure.</summary>
    /// <exception cref="UsageException">A file cannot be used.</exception>
    public static Settings LoadDeployed() =>
        Load([Environment.CurrentDirectory, AppContext.BaseDirectory], Environment.GetEnvironmentVariables(), LocalDefaults.Queue);

    /// <summary>Loads the settings from given folders, the first that has a file, and given environment variables.</summary>
    /// <exception cref="UsageException">A file cannot be used.</exception>
    public static Settings Load(IReadOnlyList<string> folders, IDictionary environment) =>
        Load(folders, environment, LocalDefaults.Values).WithFunctionsSwitched();

    /// <summary>These settings, for a queue that requires sessions.</summary>
    public Settings WithSessions() => this with { Configuration = With(Configuration, over: new(Switches(sessions: true), StringComparer.OrdinalIgnoreCase) { [MayhemOptions.SessionsKey] = "true" }) };

    /// <summary>These settings, with the ledger in a PostgreSQL database; the same if none is named.</summary>
    /// <param name="connectionString">As in <c>Mayhem:Ledger:Postgres:ConnectionString</c>; null for what the settings say.</param>
    public Settings WithLedger(string? connectionString) => connectionString is null ? this : this with
    {
        Configuration = With(Configuration, over: new(StringComparer.OrdinalIgnoreCase)
        {
            [$"{PostgresOptions.Section}:{nameof(PostgresOptions.ConnectionString)}"] = connectionString,
            // What was named for this run is meant.
            [MayhemOptions.LedgerDirectoryKey] = "",
        }),
    };

    // Unless the settings say themselves which functions are disabled, it is the one that does not fit the queue.
    private Settings WithFunctionsSwitched() =>
        this with
        {
            Configuration = With(Configuration, under: new(Switches(MayhemOptions.From(Configuration).Sessions), StringComparer.OrdinalIgnoreCase)
            {
                [FunctionSwitches.KeyOf(ScheduleFunction.Name)] = SchedulerSettings.From(Configuration).Options.Enabled ? "false" : "true",
            }),
        };

    private static Dictionary<string, string?> Switches(bool sessions) => new(StringComparer.OrdinalIgnoreCase)
    {
        [FunctionSwitches.KeyOf(RestartFunction.Name)] = sessions ? "true" : "false",
        [FunctionSwitches.KeyOf(RestartInSessionFunction.Name)] = sessions ? "false" : "true",
    };

    private static IConfigurationRoot With(IConfigurationRoot configuration, Dictionary<string, string?>? under = null, Dictionary<string, string?>? over = null) =>
        new ConfigurationBuilder().AddInMemoryCollection(under).AddInMemoryCollection(configuration.AsEnumerable().Where(setting => setting.Value is not null)).AddInMemoryCollection(over).Build();

    private static Settings Load(IReadOnlyList<string> folders, IDictionary environment, IReadOnlyDictionary<string, string?> defaults)
    {
        var builder = new ConfigurationBuilder().AddInMemoryCollection(defaults);
        if (Find(SettingsFile.Name, folders) is { } file)
            builder.AddInMemoryCollection(SettingsFile.Read(file));
        builder.AddInMemoryCollection(Variables(environment));
        return new Settings(builder.Build(), Find("host.json", folders) ?? Path.Combine(folders[0], "host.json"));
    }

    private static string? Find(string name, IReadOnlyList<string> folders) =>
        folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static Dictionary<string, string?> Variables(IDictionary environment)
    {
        var variables = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry variable in environment)
            variables[((string)variable.Key).Replace("__", ":", StringComparison.Ordinal)] = (string?)variable.Value;
        return variables;
    }
}
