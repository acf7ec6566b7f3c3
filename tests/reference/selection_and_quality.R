# Base R alone: differences, group differences, response quality. Usage: Rscript selection_and_quality.R scenario_scores.csv out.json
a <- commandArgs(TRUE); D <- read.csv(a[1]); X <- as.matrix(D[, grep("^s[0-9]", names(D))]); Y <- X[complete.cases(X), ]
num <- function(v) if (length(v) == 1) sprintf("%.15g", v) else paste0("[", paste(sprintf("%.15g", v), collapse = ", "), "]")
out <- list()
p <- c(.001, .2, .03, .04, .6, .04, .012); out$p <- p; out$holm <- p.adjust(p, "holm"); out$benjamini_hochberg <- p.adjust(p, "BH")
tables <- list(c(12, 36, 48, 80), c(3, 12, 9, 14), c(0, 8, 5, 9), c(250, 1000, 300, 950), c(7, 10, 7, 10))
for (i in seq_along(tables)) { t <- tables[[i]]; m <- matrix(c(t[1], t[2] - t[1], t[3], t[4] - t[3]), 2, byrow = TRUE)
  f <- dhyper(0:(t[1] + t[3]), t[2], t[4], t[1] + t[3]); o <- f[t[1] + 1]; same <- abs(f - o) <= 1e-7 * o
  k <- paste0("table_", i); out[[k]] <- t; out[[paste0(k, "_fisher")]] <- fisher.test(m)$p.value
  out[[paste0(k, "_mid_p")]] <- sum(f[f < o & !same]) + sum(f[same]) / 2
  out[[paste0(k, "_z")]] <- sign(t[1] / t[2] - t[3] / t[4]) * sqrt(unname(prop.test(t[c(1, 3)], t[c(2, 4)], correct = FALSE)$statistic))
  if (t[1] > 0) { g <- glm(cbind(t[c(1, 3)], t[c(2, 4)] - t[c(1, 3)]) ~ c(1, 0), family = binomial("log"), start = c(log(t[3] / t[4]), log(t[1] / t[2] * t[4] / t[3])), control = list(epsilon = 1e-14, maxit = 100))
    out[[paste0(k, "_ratio_interval")]] <- exp(unname(confint.default(g)[2, ])) } }
out$mahalanobis_complete_first5 <- mahalanobis(Y, colMeans(Y), cov(Y))[1:5]; out$mahalanobis_cut <- qchisq(.999, ncol(Y))
g <- D$group[complete.cases(X)]; x <- rowSums(Y)[g == 0]; y <- rowSums(Y)[g == 1]; n <- c(length(x), length(y)); df <- sum(n) - 2
t <- unname(t.test(x, y, var.equal = TRUE)$statistic); s <- sqrt(prod(n) / sum(n)); out$group_d <- t / s
out$group_d_interval <- sapply(c(.975, .025), function(q) uniroot(function(l) pt(t, df, l) - q, c(t - 6, t + 6), tol = 1e-12)$root) / s
out$cor_r.30_n120 <- tanh(atanh(.3) + c(-1, 1) * qnorm(.975) / sqrt(117))
out$expectancy_r.26 <- sapply(1:5, function(k) integrate(function(z) dnorm(z) * pnorm(.26 * z / sqrt(1 - .26^2)), qnorm((k - 1) / 5), qnorm(k / 5), rel.tol = 1e-12)$value * 5)
out$taylor_russell_BR.6_SR.1_r.35 <- integrate(function(z) dnorm(z) * pnorm((.35 * z - qnorm(.4)) / sqrt(1 - .35^2)), qnorm(.9), Inf, rel.tol = 1e-12)$value / .1
v <- c(12, 15, 9, 12, 20, 15, 15, 11); out$percentile_rank <- sapply(v, function(q) 100 * (sum(v < q) + sum(v == q) / 2) / length(v))
strata <- list(c(4, 2, 1, 4, 2, 1, 4, 2, 1), c(4, 3, 1, 5, 1, 2, 4, 2, 2, 4, 1, 1), c(4, 2, 1, 4, 1, 1, 6, 3, 2, 5, 2, 1, 4, 3, 1)) # size, above, tagged of each stratum
for (i in seq_along(strata)) { s <- matrix(strata[[i]], 3); k <- paste0("partial_", i); out[[k]] <- strata[[i]]; most <- pmin(s[2, ], s[3, ])
  out[[paste0(k, "_p")]] <- sapply(0:sum(most), function(x) { left <- x; both <- sapply(most, function(m) { b <- min(m, left); left <<- left - b; b })
    mantelhaen.test(array(rbind(both, s[2, ] - both, s[3, ] - both, s[1, ] - s[2, ] - s[3, ] + both), c(2, 2, ncol(s))), exact = TRUE, alternative = "greater")$p.value }) }
lines <- c(sprintf('  "R": "%s"', R.version.string), sapply(names(out), function(k) sprintf('  "%s": %s', k, num(out[[k]]))))
writeLines(c("{", paste(lines, collapse = ",\n"), "}"), a[2])
