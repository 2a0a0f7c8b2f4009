using Mayhem.Cli.Configuration;
using Mayhem.Testing;

namespace Mayhem.Cli.Tests.Configuration;

public sealed class SettingsTests : IDisposable
{
    private readonly TemporaryFolder here = new();
    private readonly TemporaryFolder program = new();
    private readonly Dictionary<string, string> environment = new(StringComparer.Ordinal);

    [Fact]
    public void Load_NothingSet_HasTheLocalDefaults() => Assert.Equal("restarts", Load().Configuration["MayhemQueue"]);

    [Fact]
    public void Load_LocalSettings_WinOverDefaults()
    {
        File.WriteAllText(here["local.settings.json"], """{ "IsEncrypted": false, "Values": { "MayhemQueue": "mine", "A__B": "c", "N": 3 } } // mine""");

        var configuration = Load().Configuration;

        Assert.Equal("mine", configuration["MayhemQueue"]);
        Assert.Equal("c", configuration["A:B"]);
        Assert.Equal("3", configuration["N"]);
    }

    [Fact]
    public void Load_Environment_WinsOverLocalSettings()
    {
        File.WriteAllText(here["local.settings.json"], """{ "Values": { "A__B": "file" } }""");
        environment["A__B"] = "environment";

        Assert.Equal("environment", Load().Configuration["A:B"]);
    }

    [Fact]
    public void Load_VariableSetToNothing_IsNotReplacedByTheDefault()
    {
        environment["MayhemQueue"] = "";

        Assert.Equal("", Load().Configuration["MayhemQueue"]);
    }

    [Fact]
    public void Load_Files_AreTakenFromTheCurrentDirectoryFirst()
    {
        File.WriteAllText(program["host.json"], "{}");
        Assert.Equal(program["host.json"], Load().HostJsonPath);

        File.WriteAllText(here["host.json"], "{}");
        Assert.Equal(here["host.json"], Load().HostJsonPath);
    }

    [Theory]
    [InlineData("{ \"Values\": {", "local.settings.json is not JSON at line 1")]
    [InlineData("[]", "local.settings.json must hold a JSON object")]
    [InlineData("{ \"Values\": 3 }", "\"Values\" must be an object")]
    [InlineData("{ \"Values\": { \"A\": { \"B\": 1 } } }", "Values:A must be a text")]
    public void Load_UnusableLocalSettings_NamesFileAndKey(string text, string error)
    {
        File.WriteAllText(here["local.settings.json"], text);

        Assert.Contains(error, Assert.Throws<UsageException>(Load).Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        here.Dispose();
        program.Dispose();
    }

    private Settings Load() => Settings.Load([here.Path, program.Path], environment);
}
