namespace Mayhem.FrameCapture.Tests.Values;

public class SensitiveNamesTests
{
    [Theory]
    [InlineData("password")]
    [InlineData("Password")]
    [InlineData("userPassword")]
    [InlineData("db_passwd")]
    [InlineData("secret")]
    [InlineData("clientSecret")]
    [InlineData("clientsecretvalue")]
    [InlineData("token")]
    [InlineData("accessToken")]
    [InlineData("tokens")]
    [InlineData("key")]
    [InlineData("apikey")]
    [InlineData("API_KEY")]
    [InlineData("SharedAccessKey")]
    [InlineData("connectionString")]
    [InlineData("ServiceBusConnectionStrings")]
    [InlineData("Authorization")]
    [InlineData("proxy-authorization")]
    [InlineData("Set-Cookie")]
    [InlineData("SASToken")]
    [InlineData("sasUri")]
    [InlineData("sig")]
    public void Matches_NameOfASecret_IsTrue(string name) => Assert.True(SensitiveNames.Default.Matches(name));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("host")]
    [InlineData("disaster")]
    [InlineData("monkey")]
    [InlineData("keyboard")]
    [InlineData("tokenizer")]
    [InlineData("mapping")]
    [InlineData("signal")]
    [InlineData("author")]
    [InlineData("attempt")]
    public void Matches_OrdinaryName_IsFalse(string? name) => Assert.False(SensitiveNames.Default.Matches(name));

    [Fact]
    public void With_AddsTerms()
    {
        var names = SensitiveNames.Default.With("social security-number", "iban");

        Assert.True(names.Matches("socialSecurityNumber"));
        Assert.True(names.Matches("customerIban"));
        Assert.True(names.Matches("password"));
        Assert.False(SensitiveNames.Default.Matches("customerIban"));
    }
}
