using Mayhem.Local.FunctionsHost;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Local.Tests.FunctionsHost;

public class BindingExpressionsTests
{
    private static readonly IConfiguration Configuration = new ConfigurationBuilder()
        .AddInMemoryCollection([KeyValuePair.Create<string, string?>("MayhemQueue", "restarts"), KeyValuePair.Create<string, string?>("Stage", "test"), KeyValuePair.Create<string, string?>("Blank", " ")])
        .Build();

    [Theory]
    [InlineData("restarts", "restarts")]
    [InlineData("%MayhemQueue%", "restarts")]
    [InlineData("%mayhemqueue%-%Stage%", "restarts-test")]
    public void Resolve_NamesOfSettings_BecomeTheirValues(string expression, string queue) =>
        Assert.Equal(queue, BindingExpressions.Resolve(expression, Configuration, "Restart"));

    [Theory]
    [InlineData("%Missing%", "The setting Missing is missing: the trigger of function 'Restart' listens on '%Missing%'.")]
    [InlineData("%Blank%", "The setting Blank is missing")]
    [InlineData("100%", "The trigger of function 'Restart' listens on '100%': a percent sign has no partner.")]
    [InlineData("%Stage%%", "The trigger of function 'Restart' listens on '%Stage%%': a percent sign has no partner.")]
    public void Resolve_Unusable_NamesTheSettingAndTheFunction(string expression, string start)
    {
        var error = Assert.Throws<HostConfigurationException>(() => BindingExpressions.Resolve(expression, Configuration, "Restart"));

        Assert.StartsWith(start, error.Message, StringComparison.Ordinal);
    }
}
