CREATE TABLE `drill` (
	`id` text PRIMARY KEY NOT NULL,
	`division_id` text NOT NULL,
	`path` text NOT NULL,
	`title` text NOT NULL,
	`form` text NOT NULL,
	`content` text NOT NULL,
	`script_version_id` text NOT NULL,
	`notice` text NOT NULL,
	`planned_on` text NOT NULL,
	`place` text NOT NULL,
	`observer_delay_seconds` integer NOT NULL,
	`state` text NOT NULL,
	`report_signed_by` text,
	`report_signed_at` integer,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `drill_path` ON `drill` (`path`,`planned_on`);--> statement-breakpoint
CREATE TABLE `drill_entry` (
	`run_id` text NOT NULL,
	`seq` integer NOT NULL,
	`kind` text NOT NULL,
	`exercise_ms` integer NOT NULL,
	`at` integer NOT NULL,
	`seat_id` text,
	`role` text,
	`command_id` text,
	`cause` integer,
	`body` text NOT NULL,
	`previous_hash` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`run_id`, `seq`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `drill_entry_command` ON `drill_entry` (`run_id`,`command_id`);--> statement-breakpoint
CREATE TABLE `drill_run` (
	`id` text PRIMARY KEY NOT NULL,
	`drill_id` text NOT NULL,
	`script_version_id` text NOT NULL,
	`script_hash` text NOT NULL,
	`engine` integer NOT NULL,
	`stage` text NOT NULL,
	`seq` integer NOT NULL,
	`hash` text NOT NULL,
	`is_ticking` integer NOT NULL,
	`wake_at` integer,
	`sign_at` integer NOT NULL,
	`snapshot` text,
	`snapshot_seq` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `drill_run_drill` ON `drill_run` (`drill_id`);--> statement-breakpoint
CREATE INDEX `drill_run_wake` ON `drill_run` (`wake_at`);--> statement-breakpoint
CREATE TABLE `drill_script` (
	`id` text PRIMARY KEY NOT NULL,
	`division_id` text NOT NULL,
	`path` text NOT NULL,
	`title` text NOT NULL,
	`draft` text NOT NULL,
	`revision` integer NOT NULL,
	`is_model` integer NOT NULL,
	`archived_at` integer,
	`updated_by` text NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `drill_script_path` ON `drill_script` (`path`);--> statement-breakpoint
CREATE TABLE `drill_seat` (
	`id` text PRIMARY KEY NOT NULL,
	`run_id` text NOT NULL,
	`account_id` text NOT NULL,
	`person_id` text,
	`name` text NOT NULL,
	`roles` text NOT NULL,
	`seated_by` text NOT NULL,
	`seated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `drill_seat_account` ON `drill_seat` (`run_id`,`account_id`);--> statement-breakpoint
CREATE INDEX `drill_seat_person` ON `drill_seat` (`person_id`);--> statement-breakpoint
CREATE TABLE `drill_unit` (
	`drill_id` text NOT NULL,
	`organization_id` text NOT NULL,
	PRIMARY KEY(`drill_id`, `organization_id`)
);
--> statement-breakpoint
CREATE INDEX `drill_unit_org` ON `drill_unit` (`organization_id`);--> statement-breakpoint
CREATE TABLE `plan` (
	`id` text PRIMARY KEY NOT NULL,
	`division_id` text NOT NULL,
	`path` text NOT NULL,
	`key` text NOT NULL,
	`title` text NOT NULL,
	`kind` text NOT NULL,
	`event_type` text NOT NULL,
	`organization_id` text,
	`is_model` integer NOT NULL,
	`archived_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `plan_key` ON `plan` (`division_id`,`key`);--> statement-breakpoint
CREATE INDEX `plan_path` ON `plan` (`path`);--> statement-breakpoint
CREATE TABLE `plan_clause` (
	`id` text PRIMARY KEY NOT NULL,
	`version_id` text NOT NULL,
	`position` integer NOT NULL,
	`no` text NOT NULL,
	`title` text NOT NULL,
	`body` text NOT NULL,
	`depth` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `plan_clause_position` ON `plan_clause` (`version_id`,`position`);--> statement-breakpoint
CREATE INDEX `plan_clause_no` ON `plan_clause` (`version_id`,`no`);--> statement-breakpoint
CREATE TABLE `plan_version` (
	`id` text PRIMARY KEY NOT NULL,
	`plan_id` text NOT NULL,
	`number` integer NOT NULL,
	`document_number` text NOT NULL,
	`issued_on` text,
	`in_force_at` integer,
	`responses` text NOT NULL,
	`duties` text NOT NULL,
	`contacts` text NOT NULL,
	`cards` text NOT NULL,
	`reason` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `plan_version_number` ON `plan_version` (`plan_id`,`number`);--> statement-breakpoint
CREATE TABLE `script_version` (
	`id` text PRIMARY KEY NOT NULL,
	`script_id` text NOT NULL,
	`number` integer NOT NULL,
	`hash` text NOT NULL,
	`body` text NOT NULL,
	`published_by` text NOT NULL,
	`published_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `script_version_number` ON `script_version` (`script_id`,`number`);--> statement-breakpoint
CREATE INDEX `script_version_hash` ON `script_version` (`hash`);